// Fetches the chunks of the app, each once.
//
// A chunk is a module that shares the memory, the table and the stack of the first one: it finds
// them among that one's exports, and puts its own functions into the table.
import { wasm } from "./jalons.js";

const files = {};

// As bytes and not as a stream, which needs a host that knows the type of such files.
const start = async (file) => {
  const answer = await fetch(new URL(file, import.meta.url));
  const module = await WebAssembly.compile(await answer.arrayBuffer());
  const join = (code) => WebAssembly.instantiate(code, { __wasm_split: wasm });
  // Small ones that several chunks share come in one file, each in a section of its own.
  const small = WebAssembly.Module.customSections(module, "chunk");
  return small.length ? Promise.all(small.map(join)) : join(module);
};

// A failed request is forgotten, so that the file can be requested again.
const arrival = (file) =>
  (files[file] ??= start(file).catch((error) => {
    delete files[file];
    throw error;
  }));

/** Fetches all that a chunk needs, and calls back with whether it is here. */
export const load = (chunk, done) => {
  const missing = (error) => {
    console.error(error);
    done(false);
  };
  Promise.all(needs[chunk].map(arrival)).then(() => done(true), missing);
};
