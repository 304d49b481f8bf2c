package io.kith.deploy.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kith.model.Interaction;
import io.kith.operators.OutputRecord;
import io.kith.operators.ReplayFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the records that a job says and brings them into the order of a replay's files. Subtasks
 * speak at once, so all scores wait in memory until the end. Any thread.
 */
final class JobOutputs {
  /** Those of one pair at one time have one score, so the ids settle the rest. */
  private static final Comparator<Scored> ORDER =
      Comparator.comparing(Scored::pair, Interaction.CANONICAL)
          .thenComparing(scored -> scored.pair().source())
          .thenComparing(scored -> scored.pair().target());

  private final JsonFactory json = new JsonFactory();
  private final ReplayProgress progress;
  private final int embedding;
  private final List<Scored> scores = new ArrayList<>();
  private final Map<Pair, Float> answers = new HashMap<>();
  private final Map<String, float[]> vectors = new HashMap<>();
  private final Map<String, OutputRecord> records = new HashMap<>();

  private record Scored(Interaction pair, float score) {}

  /** A pair at a time has one score, however often it is asked for. */
  private record Pair(String source, String target, long timestamp) {
    static Pair of(Interaction asked) {
      return new Pair(asked.source(), asked.target(), asked.timestamp());
    }
  }

  /**
   * @param embedding length of an embedding
   */
  JobOutputs(ReplayProgress progress, int embedding) {
    this.progress = progress;
    this.embedding = embedding;
  }

  /** A record of the predictions. */
  synchronized void prediction(OutputRecord record) {
    scores.add(scored(record));
    progress.step();
  }

  /** The score of a pair that was asked for. */
  synchronized void answer(OutputRecord record) {
    Scored scored = scored(record);
    answers.put(Pair.of(scored.pair()), scored.score());
  }

  private Scored scored(OutputRecord record) {
    Map<String, String> fields = fields(record, new float[0]);
    return new Scored(
        new Interaction(
            fields.get("source"), fields.get("target"), Long.parseLong(fields.get("timestamp"))),
        Float.parseFloat(fields.get("score")));
  }

  /** The integers of a node's record; those of a node come in the order of their windows. */
  synchronized void record(OutputRecord record) {
    records.put(new String(record.key(), StandardCharsets.UTF_8), record);
  }

  /** A record of the embeddings; those of a node come in the order of their windows. */
  synchronized void embedding(OutputRecord record) {
    float[] vector = new float[embedding];
    vectors.put(fields(record, vector).get("node"), vector);
  }

  /**
   * Plain fields as texts; the array's numbers go to {@code vector}. A float must not go through a
   * double, which would round it twice.
   */
  private Map<String, String> fields(OutputRecord record, float[] vector) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = json.createParser(record.value())) {
      String name = null;
      int place = 0;
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.FIELD_NAME) {
          name = parser.currentName();
        } else if (token.isScalarValue() && parser.getParsingContext().inArray()) {
          vector[place++] = Float.parseFloat(parser.getText());
        } else if (token.isScalarValue()) {
          fields.put(name, parser.getText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }

  /** Writes all scores in the canonical order. */
  synchronized void writeScores(Writer out) {
    scores.sort(ORDER);
    ReplayFiles.scoresHeader(out);
    scores.forEach(scored -> ReplayFiles.score(out, scored.pair(), scored.score()));
  }

  /** Writes the scores of the pairs in their order. */
  synchronized void writeAnswers(Writer out, List<Interaction> pairs) {
    ReplayFiles.scoresHeader(out);
    pairs.forEach(pair -> ReplayFiles.score(out, pair, answers.get(Pair.of(pair))));
  }

  /** Writes the last records of those of the given nodes that have one. */
  synchronized void writeRecords(Writer out, Iterable<String> nodes) {
    ReplayFiles.recordsHeader(out);
    for (String node : nodes) {
      OutputRecord record = records.get(node);
      if (record != null) {
        ReplayFiles.record(out, record);
      }
    }
  }

  /** Writes the last embeddings of those of the given nodes that have one. */
  synchronized void writeEmbeddings(Writer out, Iterable<String> nodes) {
    ReplayFiles.embeddingsHeader(out, embedding);
    for (String node : nodes) {
      float[] vector = vectors.get(node);
      if (vector != null) {
        ReplayFiles.embedding(out, node, vector);
      }
    }
  }
}
