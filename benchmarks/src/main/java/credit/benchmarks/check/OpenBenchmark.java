package credit.benchmarks.check;

import credit.approval.Answer;
import credit.approval.ListClient;
import credit.approval.Query;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From files to the first answer, beside nothing but the SHA-256 of the same files. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OpenBenchmark {
  /** Entries on the list. */
  @Param("20000")
  public long entries;

  private Path folder() {
    return InventedList.folder(Path.of(System.getProperty(CheckBenchmark.WORK)), entries);
  }

  @Benchmark
  public Answer ready() {
    try (ListClient client = InventedList.open(folder())) {
      return client.check(Query.of(InventedList.code(0), Mode.NOTIFY_AND_COMMIT));
    }
  }

  @Benchmark
  public byte[] sha256() throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[1 << 20];
    for (ListFile file : ListFile.values()) {
      try (InputStream in = Files.newInputStream(folder().resolve("1").resolve(file.fileName()))) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
    }
    return digest.digest();
  }
}
