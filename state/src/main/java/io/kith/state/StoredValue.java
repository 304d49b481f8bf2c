package io.kith.state;

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

/** How the map reads and writes records: as bytes in place, of one length. */
final class StoredValue {
  private StoredValue() {}

  /** Points a flyweight at the bytes in the map's own memory. Stateless. */
  static final class Reader implements SizedReader<RecordFlyweight> {
    @Override
    public RecordFlyweight read(Bytes<?> in, long size, RecordFlyweight using) {
      using.wrap(in.addressForRead(in.readPosition()), size);
      return using;
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

  /** Copies a record from wherever it lies to where the map wants it, once. */
  static final class Access extends AbstractData<RecordFlyweight>
      implements DataAccess<RecordFlyweight> {
    private RecordFlyweight record;

    @Override
    public Data<RecordFlyweight> getData(RecordFlyweight instance) {
      record = instance;
      return this;
    }

    @Override
    public void uninit() {
      record = null;
    }

    @Override
    public DataAccess<RecordFlyweight> copy() {
      return new Access();
    }

    @Override
    public long size() {
      return record.layout().length();
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public void writeTo(RandomDataOutput target, long targetOffset) {
      record.copyTo(target.addressForWrite(targetOffset));
    }

    /** For the defaults of {@link Data} that are not overridden: none is on a path of ours. */
    @Override
    public RandomDataInput bytes() {
      byte[] bytes = new byte[record.layout().length()];
      record.copyTo(bytes, 0);
      return BytesStore.wrap(bytes);
    }

    @Override
    public RecordFlyweight get() {
      return record;
    }

    @Override
    public RecordFlyweight getUsing(RecordFlyweight using) {
      return record;
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
