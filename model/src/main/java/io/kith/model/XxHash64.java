package io.kith.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0, of bytes. Source: Collet, "xxHash fast digest algorithm", specification 0.1.1.
 * Any thread.
 */
final class XxHash64 {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  static long hash(byte[] data) {
    int n = data.length;
    int i = 0;
    long h;
    if (n >= 32) {
      long a = Long.sum(P1, P2);
      long b = P2;
      long c = 0;
      long d = -P1;
      for (; i + 32 <= n; i += 32) {
        a = lane(a, (long) LONG.get(data, i));
        b = lane(b, (long) LONG.get(data, i + 8));
        c = lane(c, (long) LONG.get(data, i + 16));
        d = lane(d, (long) LONG.get(data, i + 24));
      }
      h =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      h = merge(merge(merge(merge(h, a), b), c), d);
    } else {
      h = P5;
    }
    h += n;
    for (; i + 8 <= n; i += 8) {
      h = Long.rotateLeft(h ^ lane(0, (long) LONG.get(data, i)), 27) * P1 + P4;
    }
    if (i + 4 <= n) {
      h = Long.rotateLeft(h ^ ((int) INT.get(data, i) & 0xFFFF_FFFFL) * P1, 23) * P2 + P3;
      i += 4;
    }
    for (; i < n; i++) {
      h = Long.rotateLeft(h ^ (data[i] & 0xFF) * P5, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long lane(long accumulator, long word) {
    return Long.rotateLeft(accumulator + word * P2, 31) * P1;
  }

  private static long merge(long h, long lane) {
    return (h ^ lane(0, lane)) * P1 + P4;
  }
}
