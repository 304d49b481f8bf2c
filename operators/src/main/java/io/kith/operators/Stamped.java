package io.kith.operators;

import io.kith.model.Interaction;

/** An interaction and the input partition whose clock judges it. */
record Stamped(int partition, Interaction interaction) {}
