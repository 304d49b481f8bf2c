package io.kith.model.train;

import io.kith.model.ModelSizes;
import io.kith.model.TensorShapes;
import io.kith.model.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights in training: values, gradients, the moments of Adam (Kingma and Ba, ICLR 2015), and
 * the exponential moving average of the values. Not safe for concurrent use.
 */
final class Parameters {
  private static final double DECAY1 = 0.9;
  private static final double DECAY2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Decay of the average for each step; its start, at zero, is divided out as in Adam. */
  private static final double AVERAGE_DECAY = 0.999;

  private static final class Parameter {
    final float[] value;
    final float[] gradient;
    final double[] moment1;
    final double[] moment2;
    final double[] average;

    Parameter(float[] start) {
      value = start;
      gradient = new float[start.length];
      moment1 = new double[start.length];
      moment2 = new double[start.length];
      average = new double[start.length];
    }
  }

  private final ModelSizes sizes;
  private final double learningRate;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private int steps;

  Parameters(Weights start, double learningRate) {
    sizes = start.sizes();
    this.learningRate = learningRate;
    for (String name : TensorShapes.of(sizes).keySet()) {
      parameters.put(name, new Parameter(start.tensor(name)));
    }
  }

  /** Values of a tensor, row-major; as they stand. */
  float[] value(String name) {
    return parameters.get(name).value;
  }

  /** Where the gradient of a tensor is to be added up, row-major. */
  float[] gradient(String name) {
    return parameters.get(name).gradient;
  }

  /** The weights as they stand. */
  Weights weights() {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> tensors.put(name, parameter.value));
    return Weights.of(sizes, tensors);
  }

  /** The average of the weights over the steps; needs one at least. */
  Weights average() {
    double weight = 1 - StrictMath.pow(AVERAGE_DECAY, steps);
    Map<String, float[]> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          float[] values = new float[parameter.average.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (parameter.average[i] / weight);
          }
          tensors.put(name, values);
        });
    return Weights.of(sizes, tensors);
  }

  /** Takes one step down the gradients, and sets them to zero. */
  void step() {
    steps++;
    double rate = learningRate / (1 - StrictMath.pow(DECAY1, steps));
    double unbias = 1 / (1 - StrictMath.pow(DECAY2, steps));
    for (Parameter parameter : parameters.values()) {
      for (int i = 0; i < parameter.value.length; i++) {
        double g = parameter.gradient[i];
        double m = DECAY1 * parameter.moment1[i] + (1 - DECAY1) * g;
        double v = DECAY2 * parameter.moment2[i] + (1 - DECAY2) * g * g;
        parameter.moment1[i] = m;
        parameter.moment2[i] = v;
        parameter.value[i] -= (float) (rate * m / (Math.sqrt(v * unbias) + EPSILON));
        parameter.average[i] =
            AVERAGE_DECAY * parameter.average[i] + (1 - AVERAGE_DECAY) * parameter.value[i];
        parameter.gradient[i] = 0f;
      }
    }
  }
}
