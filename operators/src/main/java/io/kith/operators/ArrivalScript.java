package io.kith.operators;

/** A script of interactions. */
public interface ArrivalScript extends Script<Arrival> {}
