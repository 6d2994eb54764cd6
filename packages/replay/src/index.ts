/** Placeholder: the sources of @rashomon/replay go here. */
export {};
