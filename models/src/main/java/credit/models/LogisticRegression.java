package credit.models;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.common.liblinear.protos.LibLinearModelProto;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The only place that speaks Tribuo: L2-regularised logistic regression by LibLinear, its weights
 * by feature name, and its protobuf form.
 *
 * <p>Tribuo stamps a model with the wall-clock time, the Java version and the operating system.
 * Those would give the same training another file on every run, so the provenance is written again
 * with the last training day as its time and without the machine; when and where it was trained
 * stands in the model's own provenance instead.
 */
final class LogisticRegression {
  static final String POSITIVE = "positive";
  static final String NEGATIVE = "negative";

  private final Model<Label> model;
  private final byte[] protobuf;

  private LogisticRegression(Model<Label> model, byte[] protobuf) {
    this.model = model;
    this.protobuf = protobuf;
  }

  static LogisticRegression train(TrainingSet set, FeatureSpace space, TrainingOptions options) {
    MutableDataset<Label> data = dataset(set, space);
    LibLinearClassificationTrainer trainer =
        new LibLinearClassificationTrainer(
            new LinearClassificationType(LinearType.L2R_LR),
            options.cost(),
            options.maxIterations(),
            options.epsilon(),
            options.seed());
    Model<Label> trained = trainer.train(data);
    return parse(withoutMachineAndClock(trained, set));
  }

  private static MutableDataset<Label> dataset(TrainingSet set, FeatureSpace space) {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "%d examples, as of %s to %s"
                    .formatted(set.size(), set.days().get(0), lastDay(set)),
                lastDay(set).atStartOfDay().atOffset(ZoneOffset.UTC),
                labels),
            labels);
    String[] names = space.features().toArray(String[]::new);
    double[] features = new double[names.length];
    for (Example example : set.examples()) {
      space.encodeInto(example.row(), features);
      data.add(sparse(example.positive(), names, features));
    }
    return data;
  }

  /** Zeros are left out: they weigh nothing, and most missing flags are zero. */
  private static ArrayExample<Label> sparse(boolean positive, String[] names, double[] features) {
    String[] present = new String[names.length];
    double[] values = new double[names.length];
    int count = 0;
    for (int i = 0; i < names.length; i++) {
      if (features[i] != 0) {
        present[count] = names[i];
        values[count++] = features[i];
      }
    }
    return new ArrayExample<>(
        new Label(positive ? POSITIVE : NEGATIVE),
        Arrays.copyOf(present, count),
        Arrays.copyOf(values, count));
  }

  private static LocalDate lastDay(TrainingSet set) {
    return set.examples().get(set.size() - 1).asOf();
  }

  private static byte[] withoutMachineAndClock(Model<Label> trained, TrainingSet set) {
    ModelProvenance stamped = trained.getProvenance();
    ModelProvenance plain =
        new ModelProvenance(
            stamped.getClassName(),
            lastDay(set).atStartOfDay().atOffset(ZoneOffset.UTC),
            stamped.getDatasetProvenance(),
            stamped.getTrainerProvenance(),
            Map.of(),
            false);
    try {
      ModelProto proto = trained.serialize();
      LibLinearModelProto.Builder inner =
          proto.getSerializedData().unpack(LibLinearModelProto.class).toBuilder();
      inner
          .getMetadataBuilder()
          .setProvenance(
              new ProtoProvenanceSerialization(false)
                  .serializeToProto(ProvenanceUtil.marshalProvenance(plain)));
      Any repacked =
          Any.newBuilder()
              .setTypeUrl(proto.getSerializedData().getTypeUrl())
              .setValue(ByteString.copyFrom(deterministicBytes(inner.build())))
              .build();
      return deterministicBytes(proto.toBuilder().setSerializedData(repacked).build());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException("Tribuo wrote a model that it cannot read back", e);
    }
  }

  /** Protobuf keeps no order in maps unless asked to. */
  private static byte[] deterministicBytes(MessageLite message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws ModelException if the bytes are not a model of this kind
   */
  static LogisticRegression parse(byte[] protobuf) {
    try {
      Model<?> model = Model.deserialize(ModelProto.parseFrom(protobuf));
      if (!(model instanceof LibLinearClassificationModel)) {
        throw new ModelException(
            "the model file holds a %s, this program scores with LibLinear's logistic regression:"
                + " use the program's version that wrote it, or train again",
            model.getClass().getSimpleName());
      }
      return new LogisticRegression(model.castModel(Label.class), protobuf);
    } catch (InvalidProtocolBufferException | IllegalStateException | IllegalArgumentException e) {
      throw new ModelException(
          "the model file is damaged (" + e.getMessage() + "): restore it or train again", e);
    }
  }

  byte[] protobuf() {
    return protobuf.clone();
  }

  /** Tribuo's own model, for comparison. */
  Model<Label> model() {
    return model;
  }

  /** Weights for POSITIVE, in log-odds; a feature that was always 0 in training weighs 0. */
  List<Double> weights(List<String> features) {
    double[] weights = inner().getFeatureWeights();
    return features.stream()
        .map(name -> model.getFeatureIDMap().getID(name))
        .map(id -> id < 0 ? 0.0 : sign() * weights[id])
        .toList();
  }

  /** LibLinear keeps the bias as one more feature, the last. */
  double bias() {
    double[] weights = inner().getFeatureWeights();
    return sign() * weights[model.getFeatureIDMap().size()];
  }

  private de.bwaldvogel.liblinear.Model inner() {
    return ((LibLinearClassificationModel) model).getInnerModels().get(0);
  }

  /** LibLinear's two-class weights speak for the label it saw first. */
  private int sign() {
    int positive = model.getOutputIDInfo().getID(new Label(POSITIVE));
    return inner().getLabels()[0] == positive ? 1 : -1;
  }
}
