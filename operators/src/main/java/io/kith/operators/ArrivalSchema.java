package io.kith.operators;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes arrivals of Kafka's records. Parses at once, for the clock of a partition, which Flink
 * keeps beside the source, needs the event time.
 */
final class ArrivalSchema implements KafkaRecordDeserializationSchema<Arrival> {
  private static final long serialVersionUID = 1L;

  private final ParserSettings settings;
  private transient ArrivalReader reader;

  ArrivalSchema(ParserSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = new ArrivalReader(settings, System::currentTimeMillis);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival> out) {
    Origin origin =
        new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
    out.collect(reader.read(origin, record.key(), record.value()));
  }

  @Override
  public TypeInformation<Arrival> getProducedType() {
    return WireTypes.ARRIVAL;
  }
}
