package io.kith.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Weights as a safetensors file of float32 tensors, with the sizes in its metadata: MODEL.md,
 * "Weights file". Any thread.
 */
public final class WeightsFile {
  static final String FORMAT = "eager-nat/2";
  private static final int LARGEST_HEADER = 1 << 20;

  private WeightsFile() {}

  /**
   * Reads a weights file.
   *
   * @throws IllegalArgumentException if it is not one, or a tensor does not have the shape that the
   *     sizes in its metadata ask for; the message names both shapes
   */
  public static Weights read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("weights file cannot be read: file=" + file, e);
    }
  }

  /** The same from a stream, for a file that is a resource; {@code name} is for messages. */
  public static Weights read(String name, InputStream in) {
    try {
      return parse(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("weights file cannot be read: file=" + name, e);
    }
  }

  /** Writes a weights file; the same weights give the same bytes. */
  public static void write(Weights weights, Path file) {
    try {
      Files.write(file, bytes(weights));
    } catch (IOException e) {
      throw new UncheckedIOException("weights file cannot be written: file=" + file, e);
    }
  }

  private static Weights parse(String name, byte[] bytes) {
    try {
      return parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", file=" + name, e);
    }
  }

  private static Weights parse(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long header = bytes.length < 8 ? -1 : buffer.getLong();
    if (header < 2 || header > Math.min(LARGEST_HEADER, bytes.length - 8)) {
      throw new IllegalArgumentException(
          "not a safetensors file: header=%d, length=%d".formatted(header, bytes.length));
    }
    Map<?, ?> entries = HeaderJson.read(new String(bytes, 8, (int) header, StandardCharsets.UTF_8));
    ModelSizes sizes = sizes(entries.get("__metadata__"));
    ByteBuffer body = buffer.position(8 + (int) header).slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<String, float[]> tensors = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    TensorShapes.of(sizes)
        .forEach(
            (tensor, shape) -> {
              if (entries.get(tensor) instanceof Map<?, ?> entry) {
                checkType(tensor, shape, entry, faults);
                if (faults.isEmpty()) {
                  tensors.put(tensor, values(tensor, shape, entry, body));
                }
              } else {
                faults.add("tensor missing: name=%s, expected=%s".formatted(tensor, shape));
              }
            });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return Weights.of(sizes, tensors);
  }

  private static ModelSizes sizes(Object metadata) {
    if (!(metadata instanceof Map<?, ?> meta) || !FORMAT.equals(meta.get("format"))) {
      Object found = metadata instanceof Map<?, ?> m ? m.get("format") : null;
      throw new IllegalArgumentException(
          "weights of another format: format=%s, expected=%s".formatted(found, FORMAT));
    }
    return new ModelSizes(
        number(meta, "D"),
        number(meta, "F"),
        number(meta, "Dx"),
        number(meta, "T"),
        number(meta, "M1"),
        number(meta, "M2"),
        number(meta, "B"),
        number(meta, "H"),
        number(meta, "E"),
        scales(meta, "act"),
        scales(meta, "pact"));
  }

  private static int number(Map<?, ?> meta, String name) {
    try {
      return Integer.parseInt(String.valueOf(meta.get(name)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metadata is not a number: %s=%s".formatted(name, meta.get(name)), e);
    }
  }

  private static List<Long> scales(Map<?, ?> meta, String name) {
    String text = String.valueOf(meta.get(name));
    try {
      return text.isEmpty()
          ? List.of()
          : Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metadata is not a list of scales: %s=%s".formatted(name, text), e);
    }
  }

  private static void checkType(
      String tensor, List<Integer> shape, Map<?, ?> entry, List<String> faults) {
    if (!"F32".equals(entry.get("dtype"))) {
      faults.add(
          "tensor of another type: name=%s, dtype=%s, expected=F32"
              .formatted(tensor, entry.get("dtype")));
    }
    List<Long> expected = shape.stream().map(Integer::longValue).toList();
    if (!expected.equals(entry.get("shape"))) {
      faults.add(
          "tensor of another shape: name=%s, shape=%s, expected=%s"
              .formatted(tensor, entry.get("shape"), shape));
    }
  }

  private static float[] values(
      String tensor, List<Integer> shape, Map<?, ?> entry, ByteBuffer body) {
    float[] values = new float[TensorShapes.elements(shape)];
    if (!(entry.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || !(offsets.get(0) instanceof Long from)
        || !(offsets.get(1) instanceof Long to)
        || from < 0
        || to > body.capacity()
        || to - from != 4L * values.length) {
      throw new IllegalArgumentException(
          "tensor outside the file: name=%s, data_offsets=%s, body=%d"
              .formatted(tensor, entry.get("data_offsets"), body.capacity()));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = body.getFloat((int) (from + 4L * i));
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "weight is not finite: name=%s, index=%d, value=%s".formatted(tensor, i, values[i]));
      }
    }
    return values;
  }

  private static byte[] bytes(Weights weights) {
    StringBuilder header = new StringBuilder("{\"__metadata__\":").append(metadata(weights));
    int offset = 0;
    Map<String, List<Integer>> shapes = TensorShapes.of(weights.sizes());
    for (Map.Entry<String, List<Integer>> tensor : shapes.entrySet()) {
      int end = offset + 4 * TensorShapes.elements(tensor.getValue());
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), tensor.getValue(), offset, end));
      offset = end;
    }
    header.append('}');
    while (header.length() % 8 != 0) {
      header.append(' ');
    }
    ByteBuffer out =
        ByteBuffer.allocate(8 + header.length() + offset).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length()).put(header.toString().getBytes(StandardCharsets.US_ASCII));
    for (String tensor : shapes.keySet()) {
      for (float value : weights.tensor(tensor)) {
        out.putFloat(value);
      }
    }
    return out.array();
  }

  private static String metadata(Weights weights) {
    ModelSizes sizes = weights.sizes();
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("format", FORMAT);
    meta.put("D", sizes.self());
    meta.put("F", sizes.neighbour());
    meta.put("Dx", sizes.features());
    meta.put("T", sizes.time());
    meta.put("M1", sizes.hop1());
    meta.put("M2", sizes.hop2());
    meta.put("B", sizes.bucket());
    meta.put("H", sizes.hidden());
    meta.put("E", sizes.sketch());
    meta.put("act", joined(sizes.activityScales()));
    meta.put("pact", joined(sizes.pairScales()));
    return meta.entrySet().stream()
        .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String joined(List<Long> scales) {
    return scales.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
