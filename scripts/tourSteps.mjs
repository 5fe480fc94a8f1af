// What the tour does in the window, and where it takes pictures.

/** @param {import('./tour.mjs').Guide} guide */
export async function tour({ shot }) {
  await shot('start');
}
