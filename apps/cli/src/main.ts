/** Placeholder: the command rashomon goes here. */
export {};
