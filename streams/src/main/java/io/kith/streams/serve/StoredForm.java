package io.kith.streams.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The binary form of a value in a store: a byte for the version of the form, then the fields. A
 * store of another version is refused, not guessed.
 */
final class StoredForm {
  interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private StoredForm() {}

  static <T> Serde<T> serde(String name, byte version, Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : write(name, version, writer, value),
        (topic, bytes) -> bytes == null ? null : read(name, version, reader, bytes));
  }

  private static <T> byte[] write(String name, byte version, Writer<T> writer, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(version);
      writer.write(out, value);
    } catch (IOException e) {
      throw new SerializationException(name + " not written: to=memory", e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(String name, byte version, Reader<T> reader, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte found = in.readByte();
      if (found != version) {
        throw new SerializationException(
            "%s of another version, reset the application: version=%d, expected=%d"
                .formatted(name, found, version));
      }
      return reader.read(in);
    } catch (IOException e) {
      throw new SerializationException(name + " cut short: length=" + bytes.length, e);
    }
  }
}
