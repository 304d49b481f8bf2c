package io.kith.bench;

import java.util.function.Consumer;

/** One row of the table: something that is done several times, with one number each time. */
interface Measure {
  /** By which it is chosen on the command line. */
  String name();

  /** What is measured, with its unit. */
  String what();

  /** What it should be at the median, in the same unit. */
  String target();

  /** Whether it is measured where nobody names it. */
  default boolean isUsual() {
    return true;
  }

  /**
   * Warms up and measures.
   *
   * @param repeats how many numbers are wanted
   * @param step is told what goes on
   * @return the numbers, in the order in which they came
   */
  double[] run(int repeats, Consumer<String> step) throws Exception;
}
