package io.kith.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The learned numbers of a model, bound to its sizes: tensor name to float32, row-major. Immutable;
 * any thread.
 */
public final class Weights {
  private static final double DAY_MS = 86_400e3;

  private final ModelSizes sizes;
  private final Map<String, float[]> tensors;
  private final String version;

  private Weights(ModelSizes sizes, Map<String, float[]> tensors) {
    this.sizes = sizes;
    this.tensors = tensors;
    this.version = fingerprint(tensors);
  }

  /**
   * Weights from tensors by name; the arrays are copied.
   *
   * @throws IllegalArgumentException if a tensor is missing or has another number of elements
   */
  public static Weights of(ModelSizes sizes, Map<String, float[]> tensors) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    TensorShapes.of(sizes)
        .forEach(
            (name, shape) -> {
              float[] values = tensors.get(name);
              if (values == null) {
                throw new IllegalArgumentException("tensor missing: name=" + name);
              }
              if (values.length != TensorShapes.elements(shape)) {
                throw new IllegalArgumentException(
                    "tensor of another size: name=%s, elements=%d, expected=%s"
                        .formatted(name, values.length, shape));
              }
              copy.put(name, values.clone());
            });
    return new Weights(sizes, copy);
  }

  /**
   * Weights to start training from: uniform in +-1/sqrt(columns), time scales from seconds to
   * months, Tau of a day.
   */
  public static Weights random(ModelSizes sizes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, float[]> tensors = new LinkedHashMap<>();
    TensorShapes.of(sizes)
        .forEach(
            (name, shape) -> {
              int fan = shape.size() > 1 ? shape.get(shape.size() - 1) : sizes.self();
              float[] values = new float[TensorShapes.elements(shape)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) / StrictMath.sqrt(fan));
              }
              tensors.put(name, values);
            });
    float[] omega = tensors.get("time.omega");
    for (int j = 0; j < omega.length; j++) {
      double step = omega.length == 1 ? 0 : (double) j / (omega.length - 1);
      omega[j] = (float) (0.1 * StrictMath.pow(20, step));
    }
    tensors.put("fresh.log_tau", new float[] {(float) StrictMath.log(DAY_MS)});
    return new Weights(sizes, tensors);
  }

  public ModelSizes sizes() {
    return sizes;
  }

  /** 16 hexadecimal digits that differ between any two sets of weights: XXH64 of their bytes. */
  public String version() {
    return version;
  }

  /**
   * A copy of a tensor, row-major.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public float[] tensor(String name) {
    float[] values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no such tensor: name=" + name);
    }
    return values.clone();
  }

  /** A tensor with two dimensions. */
  Matrix matrix(String name) {
    List<Integer> shape = TensorShapes.of(sizes).get(name);
    return Matrix.ofRows(tensors.get(name), shape.get(0), shape.get(1));
  }

  /** A tensor with one dimension; not to be changed. */
  float[] vector(String name) {
    return tensors.get(name);
  }

  TimeEncoding time() {
    return new TimeEncoding(vector("time.omega"), vector("time.b"));
  }

  private static String fingerprint(Map<String, float[]> tensors) {
    int elements = tensors.values().stream().mapToInt(values -> values.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] values : tensors.values()) {
      for (float value : values) {
        bytes.putFloat(value);
      }
    }
    return HexFormat.of().toHexDigits(XxHash64.hash(bytes.array()));
  }
}
