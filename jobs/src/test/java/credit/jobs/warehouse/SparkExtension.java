package credit.jobs.warehouse;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Spark session for all tests of the JVM; it closes when the last of them is done. */
public final class SparkExtension implements ParameterResolver {
  private record Shared(SparkSession spark) implements AutoCloseable {
    @Override
    public void close() {
      spark.stop();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent("spark", key -> new Shared(open()), Shared.class)
        .spark();
  }

  private static SparkSession open() {
    SparkSession spark = Sessions.open("local[2]");
    spark.conf().set("spark.sql.shuffle.partitions", 1);
    return spark;
  }
}
