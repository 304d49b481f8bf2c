package io.kith.state;

import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.serialization.DataAccess;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** A key that can be set, so that a look-up boxes nothing. Not safe for concurrent use. */
final class StoredKey {
  long value;

  /** Reads a key of 8 bytes back. Stateless. */
  static final class Reader implements SizedReader<StoredKey> {
    @Override
    public StoredKey read(Bytes<?> in, long size, StoredKey using) {
      StoredKey key = using == null ? new StoredKey() : using;
      key.value = in.readLong();
      return key;
    }

    @Override
    public void readMarshallable(WireIn wire) {
      // Nothing to configure.
    }

    @Override
    public void writeMarshallable(WireOut wire) {
      // Nothing to configure.
    }
  }

  /** Shows a key to the map as 8 bytes, without a copy of its own. */
  static final class Access extends AbstractData<StoredKey> implements DataAccess<StoredKey> {
    private StoredKey key;

    @Override
    public Data<StoredKey> getData(StoredKey instance) {
      key = instance;
      return this;
    }

    @Override
    public void uninit() {
      key = null;
    }

    @Override
    public DataAccess<StoredKey> copy() {
      return new Access();
    }

    @Override
    public long size() {
      return Long.BYTES;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public long hash(LongHashFunction function) {
      return function.hashLong(key.value);
    }

    @Override
    public boolean equivalent(RandomDataInput source, long sourceOffset) {
      return source.readLong(sourceOffset) == key.value;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public void writeTo(RandomDataOutput target, long targetOffset) {
      target.writeLong(targetOffset, key.value);
    }

    /** For the defaults of {@link Data}, which all are overridden here. */
    @Override
    public RandomDataInput bytes() {
      BytesStore<?, ?> bytes = BytesStore.wrap(new byte[Long.BYTES]);
      bytes.writeLong(0, key.value);
      return bytes;
    }

    @Override
    public StoredKey get() {
      return key;
    }

    @Override
    public StoredKey getUsing(StoredKey using) {
      return key;
    }

    @Override
    public void readMarshallable(WireIn wire) {
      // Nothing to configure.
    }

    @Override
    public void writeMarshallable(WireOut wire) {
      // Nothing to configure.
    }
  }
}
