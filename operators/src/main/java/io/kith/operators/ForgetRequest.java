package io.kith.operators;

import java.util.OptionalLong;

/**
 * The wish that a node be forgotten.
 *
 * @param partition of the signals topic
 * @param offset in the partition; the two name the request
 * @param node id of the node
 * @param timestamp event time, ms, after whose window it is to be; none for as soon as possible
 */
record ForgetRequest(int partition, long offset, String node, OptionalLong timestamp)
    implements ForGate {}
