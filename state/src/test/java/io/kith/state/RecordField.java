package io.kith.state;

import java.util.List;

/** One field of the record as the descriptor places it, with what the drawing says of it. */
record RecordField(int offset, String name, String type, int count, String unit, String meaning) {

  /** All fields in the order in which they lie. */
  static List<RecordField> of(RecordLayout l) {
    int m1 = l.hop1Slots();
    int m2 = l.hop2Slots();
    int f = l.neighbourDim();
    return List.of(
        at(RecordLayout.VERSION_OFFSET, "version", "uint8", 1, "-", "layout version, 1"),
        at(
            RecordLayout.ROLES_OFFSET,
            "roles",
            "uint8",
            1,
            "bits",
            "1 = has been a source, 2 = has been a target"),
        at(RecordLayout.ROLES_OFFSET + 1, "free", "uint8[2]", 2, "-", "zero"),
        at(
            RecordLayout.INTERACTIONS_OFFSET,
            "interactions",
            "int32",
            1,
            "count",
            "n; 0 is a fresh record"),
        at(
            RecordLayout.TAU_OFFSET,
            "tau",
            "int64",
            1,
            "ms",
            "last interaction; means nothing while n is 0"),
        at(
            RecordLayout.HOP1_KEYS_OFFSET,
            "hop 1 keys",
            "int64[M1]",
            m1,
            "key",
            "partner; 0 is an empty slot"),
        at(l.hop1TimesOffset, "hop 1 times", "int64[M1]", m1, "ms", "last interaction of the pair"),
        at(
            l.hop2KeysOffset,
            "hop 2 keys",
            "int64[M2]",
            m2,
            "key",
            "partner of a partner; 0 is an empty slot"),
        at(
            l.hop2TimesOffset,
            "hop 2 times",
            "int64[M2]",
            m2,
            "ms",
            "interaction that the slot was copied from"),
        at(l.selfOffset, "self", "float32[D]", l.selfDim(), "-", "self representation s"),
        at(
            l.activityOffset,
            "activity",
            "float32[2][A]",
            2 * l.activityScales(),
            "count",
            "decayed interactions as source, then as target; kept at tau"),
        at(
            l.hop1CountsOffset,
            "hop 1 counts",
            "int32[M1]",
            m1,
            "count",
            "interactions of the pair"),
        at(
            l.hop1PairsOffset,
            "hop 1 pairs",
            "float32[M1][R]",
            m1 * l.pairScales(),
            "count",
            "decayed count of the pair; kept at its time"),
        at(
            l.hop1VectorsOffset,
            "hop 1 vectors",
            "float32[M1][F]",
            m1 * f,
            "-",
            "representation z of the pair"),
        at(
            l.hop2VectorsOffset,
            "hop 2 vectors",
            "float32[M2][F]",
            m2 * f,
            "-",
            "representation z, as copied"),
        at(
            l.hop1DirectionsOffset,
            "hop 1 directions",
            "int8[M1]",
            m1,
            "-",
            "+1 owner was the source, -1 the target, 0 empty"),
        at(l.end(), "padding", "uint8[]", l.length() - l.end(), "-", "zero"));
  }

  /** Bytes of one number, by the bits in its type. */
  int width() {
    return Integer.parseInt(type.replaceAll("\\[.*", "").replaceAll("[^0-9]", "")) / 8;
  }

  int end() {
    return offset + width() * count;
  }

  private static RecordField at(
      int offset, String name, String type, int count, String unit, String meaning) {
    return new RecordField(offset, name, type, count, unit, meaning);
  }
}
