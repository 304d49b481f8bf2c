package io.kith.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Name and shape of every tensor of a model, in the order of MODEL.md, "Weights file". Any thread.
 */
public final class TensorShapes {
  private TensorShapes() {}

  /** Name to shape, outermost dimension first. */
  public static Map<String, List<Integer>> of(ModelSizes sizes) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("time.omega", List.of(sizes.time()));
    shapes.put("time.b", List.of(sizes.time()));
    putGru(shapes, "self", sizes.self(), sizes.message());
    putGru(shapes, "ngh", sizes.neighbour(), sizes.message());
    shapes.put("fresh.log_tau", List.of(1));
    shapes.put("out.W1", List.of(sizes.hidden(), sizes.query()));
    shapes.put("out.b1", List.of(sizes.hidden()));
    shapes.put("out.w2", List.of(sizes.hidden()));
    shapes.put("out.b2", List.of(1));
    return shapes;
  }

  private static void putGru(Map<String, List<Integer>> shapes, String name, int d, int message) {
    shapes.put(name + ".A", List.of(d, message));
    shapes.put(name + ".W", List.of(3 * d, d));
    shapes.put(name + ".U", List.of(3 * d, d));
    shapes.put(name + ".bw", List.of(3 * d));
    shapes.put(name + ".bu", List.of(3 * d));
  }

  /** Number of elements of a tensor of that shape. */
  public static int elements(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
