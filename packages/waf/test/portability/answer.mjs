import { verdicts } from './verdicts.mjs';

/** Posts the verdicts on `/data.json` to `/<place>`, with whether this place refuses to make code of text. */
export async function answer(place) {
  const response = await fetch('/data.json');
  const text = JSON.stringify({ refusesEval: refusesEval(), verdicts: verdicts(await response.json()) });
  await fetch(`/${place}`, { method: 'POST', body: text });
}

function refusesEval() {
  try {
    return !new Function('return true')();
  } catch (error) {
    return error instanceof EvalError;
  }
}
