// Replaces the network in the single file: its modules lie in it as base64, in scripts of a type that
// no browser runs. `xtask/src/single.rs` gives this `fetch` to the glue.

/** As far as the glue and the loader of chunks need it. */
export const fetch = async (address) => {
  const name = String(address).split("/").at(-1);
  const text = document.querySelector(`script[data-file="${name}"]`).textContent;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
};
