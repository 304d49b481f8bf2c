package io.kith.operators;

/**
 * What one Gate says of a request to forget a node: not before this window. Every Gate says it to
 * every Reader, and the last window said is the first that does not know the node.
 *
 * @param window the first that may not know the node, for all that the Gate has seen
 * @param owner any key of the subtask that it goes to
 * @param request what is asked for
 */
record Forget(long window, long owner, ForgetRequest request) implements InWindow {}
