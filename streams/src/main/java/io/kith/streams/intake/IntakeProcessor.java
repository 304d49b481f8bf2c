package io.kith.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kith.model.Interaction;
import io.kith.streams.EdgeJson;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Decides on each event of a task: to the edges, to the dead letters, or counted and dropped. */
final class IntakeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final IntakeSettings settings;
  private final Letters letters;
  private final OutcomeCounts counts;
  private final EventFormat format;
  private final InteractionReader reader;
  private final Map<Outcome, Sensor> sensors = new EnumMap<>(Outcome.class);
  private ProcessorContext<byte[], byte[]> context;
  private Optional<Duplicates> duplicates = Optional.empty();

  IntakeProcessor(IntakeSettings settings, Letters letters, OutcomeCounts counts) {
    this.settings = settings;
    this.letters = letters;
    this.counts = counts;
    this.format = settings.format().get();
    this.reader = new InteractionReader(settings.fields(), () -> context.currentSystemTimeMs());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    if (settings.dropsDuplicates()) {
      duplicates =
          Optional.of(
              new Duplicates(
                  context.getStateStore(IntakeApp.STORE), settings.duplicateWindow().toMillis()));
    }
    for (Outcome outcome : Outcome.values()) {
      sensors.put(
          outcome,
          context
              .metrics()
              .addRateTotalSensor(
                  "intake",
                  context.taskId().toString(),
                  outcome.label(),
                  Sensor.RecordingLevel.INFO));
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    Outcome outcome;
    try {
      outcome = take(record, origin);
    } catch (Unfit e) {
      long now = context.currentSystemTimeMs();
      context.forward(letters.of(record, origin, e.getMessage(), now), IntakeApp.DEAD_LETTERS);
      outcome = Outcome.REFUSED;
    } catch (Unwanted e) {
      outcome = Outcome.UNWANTED;
    }
    sensors.get(outcome).record();
    counts.add(outcome);
  }

  private Outcome take(Record<byte[], byte[]> record, RecordMetadata origin)
      throws Unfit, Unwanted {
    Headers headers = record.headers();
    Event event = format.open(record.key(), record.value(), name -> text(headers, name));
    ForeignInteraction read = reader.read(event);
    Interaction interaction = read.interaction();
    if (interaction.isSelfLoop()) {
      if (settings.dropsSelfLoops()) {
        return Outcome.SELF_LOOP;
      }
      throw new Unfit("self loop: source=" + interaction.source());
    }
    if (isCopy(read, origin)) {
      return Outcome.DUPLICATE;
    }
    // Stamped with the time of arrival, as the topic's retention goes by that.
    context.forward(
        new Record<>(
            interaction.source().getBytes(UTF_8),
            EdgeJson.of(interaction),
            context.currentSystemTimeMs()),
        IntakeApp.EDGES);
    return Outcome.ACCEPTED;
  }

  private boolean isCopy(ForeignInteraction read, RecordMetadata origin) {
    return duplicates.isPresent()
        && read.eventId().isPresent()
        && duplicates.get().isCopy(read.eventId().get(), read.interaction().timestamp(), origin);
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
