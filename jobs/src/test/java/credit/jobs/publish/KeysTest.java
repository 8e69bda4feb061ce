package credit.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.format.KeySet.Role;
import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir Path folder;
  private Path lists;
  private Path stored;
  private Keys keys;
  private final MovingClock clock = new MovingClock("2026-06-30T10:00:00Z");

  @BeforeEach
  void init() {
    lists = folder.resolve("lists");
    stored = folder.resolve("keys");
    keys = Keys.at(stored, Map.of(), clock);
    assertThat(keys.initIfMissing(lists)).isTrue();
  }

  @Test
  void privateKeysAreTheOwnersAlone() throws IOException {
    for (String name : new String[] {"root.key", "lists.key", "timestamp.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void worldReadableKeysAreRefused() throws IOException {
    Path file = stored.resolve("lists.key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> keys.signer(lists))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("chmod 600");
  }

  @Test
  void missingKeysAreAnsweredWithHowToMakeThem() {
    assertThatThrownBy(() -> Keys.at(folder.resolve("none"), Map.of(), clock).signer(lists))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("./credit keys init");
  }

  @Test
  void keysThatExistAreNeverMadeAnew() throws IOException {
    String before = Files.readString(stored.resolve("root.key"));
    assertThat(keys.initIfMissing(lists)).isFalse();
    assertThatThrownBy(() -> keys.init(lists)).hasMessageContaining("already");
    assertThat(Files.readString(stored.resolve("root.key"))).isEqualTo(before);
  }

  @Test
  void listsUnderLostKeysGetNoNewRoot() throws IOException {
    Files.createDirectories(lists);
    Files.writeString(lists.resolve("keys.jws"), "signed under another root");
    Keys others = Keys.at(folder.resolve("others"), Map.of(), clock);
    assertThatThrownBy(() -> others.initIfMissing(lists)).hasMessageContaining("restore them");
  }

  @Test
  void aKeyInTheEnvironmentGoesBeforeItsFile() throws IOException {
    String text = Files.readString(stored.resolve("lists.key"));
    Files.delete(stored.resolve("lists.key"));
    assertThatThrownBy(() -> keys.signer(lists)).hasMessageContaining("CREDIT_KEY_LISTS");
    Keys fromEnvironment = Keys.at(stored, Map.of("CREDIT_KEY_LISTS", text), clock);
    assertThat(fromEnvironment.signer(lists).keys().version()).isEqualTo(1);
  }

  @Test
  void aReplacedKeySignsNoMore() throws IOException {
    String old = Files.readString(stored.resolve("lists.key"));
    String fresh = keys.rotate("lists", lists);
    assertThat(keys.signer(lists).keys().key(fresh, Role.LISTS)).isNotNull();
    Keys stillOld = Keys.at(stored, Map.of("CREDIT_KEY_LISTS", old), clock);
    assertThatThrownBy(() -> stillOld.signer(lists)).hasMessageContaining("it was replaced");
  }

  @Test
  void aRotationThatDiedBeforeItsKeysFileIsFinished() throws IOException {
    byte[] old = Files.readAllBytes(stored.resolve("lists.key"));
    keys.rotate("lists", lists);
    Files.move(stored.resolve("lists.key"), stored.resolve("lists.key.new"));
    KeyFile.write(
        stored.resolve("lists.key"),
        KeyFile.parse(new String(old, StandardCharsets.US_ASCII), "old"));

    assertThat(keys.signer(lists).keys().version()).isEqualTo(2);
    assertThat(stored.resolve("lists.key.new")).doesNotExist();
  }

  @Test
  void readersAreNeverToldOlderKeysThanBefore() throws IOException {
    Files.createDirectories(lists);
    byte[] older = Files.readAllBytes(stored.resolve("keys.jws"));
    keys.rotate("timestamp", lists);
    Files.write(stored.resolve("keys.jws"), older);
    assertThatThrownBy(() -> keys.signer(lists)).hasMessageContaining("newest backup");
  }

  @Test
  void aRevokedKeyIsReplacedAtOnceAndARootCannotBeRotated() {
    String kid = keys.list().get(0).kid();
    String fresh = keys.revoke(kid, lists).orElseThrow();
    assertThat(keys.signer(lists).keys().isRevoked(kid)).isTrue();
    assertThat(fresh).isNotEqualTo(kid);
    assertThatThrownBy(() -> keys.rotate("root", lists)).hasMessageContaining("new root");
    assertThatThrownBy(() -> keys.revoke("0000", lists)).hasMessageContaining("no key '0000'");
  }
}
