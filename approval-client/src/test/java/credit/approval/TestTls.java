package credit.approval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Key stores made by the JDK's own tool: a server's certificate for localhost, and who trusts it.
 */
public final class TestTls {
  public static final String PASSWORD = "test-password";

  private TestTls() {}

  /** A key store with a fresh self-signed certificate; it serves as trust store as well. */
  public static Path keyStore(Path file) throws IOException, InterruptedException {
    keytool(
        file,
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-validity",
        "3650");
    return file;
  }

  /** A trust store with that certificate alone. */
  public static Path trustStore(Path keyStore, Path file) throws IOException, InterruptedException {
    Path certificate = file.resolveSibling(file.getFileName() + ".crt");
    keytool(keyStore, "-exportcert", "-alias", "server", "-file", certificate.toString());
    keytool(file, "-importcert", "-noprompt", "-alias", "s", "-file", certificate.toString());
    return file;
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(tool.toString(), "-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(said);
    }
  }
}
