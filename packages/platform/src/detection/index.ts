/** Detection: rules group security events over time, and their cases make signals of them. */
export { compileRule, RuleError, type StoredRule } from './compile-rule.ts';
export { createDetection, type Detection, type DetectionDeps, type DetectionStats } from './detection.ts';
export { type RuleDefinition, ruleDefinition } from './rule.ts';
