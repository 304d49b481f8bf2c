package io.kith.model;

import java.util.Arrays;

/**
 * The embedding of a node: its self representation, then a sketch of its N-cache (MODEL.md,
 * "Embedding of a node"). The inner product of two sketches estimates the weighted common
 * neighbours of their nodes: a random projection, as in FastRP (Chen et al., CIKM 2019). Not safe
 * for concurrent use.
 */
public final class Embedder {
  private final ModelSizes sizes;
  private final double unit;
  private final double[] sketch;

  public Embedder(ModelSizes sizes) {
    this.sizes = sizes;
    this.unit = sizes.sketch() == 0 ? 0 : 1 / StrictMath.sqrt(sizes.sketch());
    this.sketch = new double[sizes.sketch()];
  }

  /** Writes the embedding, float[D + E], of a node to {@code to}. */
  public void embed(NodeRecord record, float[] to) {
    record.readSelf(to, 0);
    int from = sizes.self();
    Arrays.fill(sketch, 0);
    for (int i = 0; i < sizes.hop1(); i++) {
      if (record.hop1Key(i) != NodeKey.EMPTY) {
        addPartner(record.hop1Key(i), record.hop1Count(i));
      }
    }
    for (int j = 0; j < sketch.length; j++) {
      to[from + j] = (float) sketch[j];
    }
  }

  private void addPartner(long key, int count) {
    double weight = StrictMath.log1p(count) * unit;
    for (int word = 0; word * 64 < sketch.length; word++) {
      long bits = NodeKey.mix(key + (1 + word) * NodeKey.GOLDEN);
      for (int j = word * 64; j < Math.min(sketch.length, (word + 1) * 64); j++) {
        sketch[j] += (bits >>> j & 1) == 1 ? weight : -weight;
      }
    }
  }
}
