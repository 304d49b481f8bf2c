package io.kith.deploy.edges;

import io.kith.model.Interaction;

/** How a line of a file says an interaction. */
interface LineFormat {
  /**
   * Reads one line.
   *
   * @throws IllegalArgumentException saying what is wrong, ending in name=value
   */
  Interaction parse(String line);
}
