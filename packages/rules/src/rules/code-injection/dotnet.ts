import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { anyInBase64 } from './base64.ts';
import { codeInjection } from './code.ts';

const dotnet = codeInjection('dotnet_code_injection');

export const DOTNET: readonly RuleSource[] = [
  dotnet({
    id: 'dotnet-serialized-object',
    name: '.NET injection: a serialised object',
    confidence: 'high',
    cwe: '502',
    inputs: VALUES_AND_HEADERS,
    transformers: [],
    caseSensitive: true,
    about:
      'How a stream of BinaryFormatter begins, in base64, also within a view state; names of delegates that such streams call.',
    regex: String.raw`(?:^|[^\w+/])AAEAAAD/{4}|\x00\x01\x00\x00\x00\xff\xff\xff\xff\x01|${anyInBase64(['\x00\x01\x00\x00\x00\xff\xff\xff\xff\x01\x00\x00\x00'])}|TypeConfuseDelegate|TextFormattingRunProperties|WindowsClaimsIdentity`,
  }),
  dotnet({
    id: 'dotnet-type-name',
    name: '.NET injection: a type that runs something when it is read',
    confidence: 'high',
    cwe: '502',
    about:
      "Types as the `$type` of JSON, in XAML or YAML, whose objects start programs when they are set up. Names of types in prose come without an assembly's name or a tag.",
    regex: String.raw`["'](?:\$|__)type["']\s*:\s*["']\s*(?:system\.(?:windows|diagnostics|configuration|management|security|data|web|activities|identitymodel|io|reflection|workflow)\.|microsoft\.)|^\s*system\.(?:windows\.data\.objectdataprovider|diagnostics\.process\b|configuration\.install\.\w+|management\.automation\.\w+|security\.(?:principal|claims)\.\w+|io\.fileinfo|activities\.\w+|windows\.forms\.(?:axhost|bindingsource))[\w.]*\s*,\s*\w|<objectdataprovider\b|\bclr-namespace:system\.diagnostics|!<?!?system\.windows\.data|\bxmlns:\w+\s*=\s*["']clr-namespace:system|<expandedwrapper|\bexpandedwrapperof\w+`,
  }),
  dotnet({
    id: 'dotnet-page',
    name: '.NET injection: a server page that runs something',
    confidence: 'high',
    about: 'A page of ASP that evaluates the request or starts programs, as web shells have it.',
    regex: String.raw`\beval\s*\(\s*request(?:\.(?:item|form|querystring))?\s*[\[(]|<%@?\s*(?:page|webhandler)\s+language\s*=\s*["']?(?:c#|jscript|vb|csharp).*(?:process|eval|request|cmd)|<%\s*(?:eval|execute|executeglobal)\b\s*\(?\s*request|\bexecute(?:global)?\s*\(?\s*request\s*\(|\bcreateobject\s*\(\s*["'](?:wscript\.shell|shell\.application|scripting\.filesystemobject)|\bsystem\.diagnostics\.process\.start\s*\(|\bprocess\.start\s*\(\s*@?["'](?:cmd|powershell|/bin/)`,
  }),
];
