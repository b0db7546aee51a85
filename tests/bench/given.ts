// Values passed by `cargo xtask bench`.

/** The value of a variable that the command sets. */
export function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: measure with \`cargo xtask bench\`.`);
  return value;
}
