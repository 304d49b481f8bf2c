package io.kith.streams.serve;

import java.util.List;

/**
 * The body of a search by vector.
 *
 * @param modelVersion only embeddings of this version compare
 * @param vector as long as theirs
 * @param k how many nodes; null for 10
 * @param except a node to leave out; null for none
 */
record VectorQuery(String modelVersion, List<Float> vector, Integer k, String except) {
  static final int DEFAULT_K = 10;
  private static final int LONGEST = 65_536;

  /**
   * The query with its {@code k}, held against the rules.
   *
   * @throws ProblemException with the first that it breaks
   */
  VectorQuery checked(int maxK) {
    if (modelVersion == null) {
      throw ProblemException.parameter("modelVersion", null, "a string, as an embedding has it");
    }
    if (vector == null || vector.isEmpty() || vector.size() > LONGEST) {
      throw ProblemException.parameter(
          "vector", vector == null ? null : "length " + vector.size(), "1 to 65536 numbers");
    }
    for (Float x : vector) {
      if (x == null || !Float.isFinite(x)) {
        throw ProblemException.parameter("vector", x, "finite numbers that fit 32 bits");
      }
    }
    int count = k == null ? DEFAULT_K : k;
    if (count < 1 || count > maxK) {
      throw ProblemException.parameter("k", count, "a whole number from 1 to " + maxK);
    }
    return new VectorQuery(modelVersion, vector, count, except);
  }
}
