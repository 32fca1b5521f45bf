package org.ridgeline.ml;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsFile;
import scala.Tuple2;

/** {@code ridge_moments(label, array(x1, ..))}: see {@link RidgeFunctions}. */
final class RidgeMoments extends Aggregator<Tuple2<Double, Double[]>, MomentsBuffer, byte[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public MomentsBuffer zero() {
    return new MomentsBuffer();
  }

  @Override
  public MomentsBuffer reduce(MomentsBuffer buffer, Tuple2<Double, Double[]> row) {
    if (row._1() != null && row._2() != null && isComplete(row._2())) {
      buffer.add(row._2(), row._1());
    }
    return buffer;
  }

  private static boolean isComplete(Double[] x) {
    for (Double value : x) {
      if (value == null) {
        return false;
      }
    }
    return true;
  }

  @Override
  public MomentsBuffer merge(MomentsBuffer buffer, MomentsBuffer other) {
    buffer.merge(other);
    return buffer;
  }

  @Override
  public byte[] finish(MomentsBuffer buffer) {
    return buffer.moments().map(RidgeMoments::bytes).orElse(null);
  }

  private static byte[] bytes(Moments moments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      MomentsFile.write(FoldedMoments.of(List.of("0"), List.of(moments)), out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write moments to memory", e);
    }
    return out.toByteArray();
  }

  @Override
  public Encoder<MomentsBuffer> bufferEncoder() {
    return Encoders.javaSerialization(MomentsBuffer.class);
  }

  @Override
  public Encoder<byte[]> outputEncoder() {
    return Encoders.BINARY();
  }
}
