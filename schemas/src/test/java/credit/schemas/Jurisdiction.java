package credit.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small jurisdiction in a folder, of which a test spoils one file. */
record Jurisdiction(Path folder) {
  static final String SOURCE = "sources/acts.yaml";
  static final String RULES = "rules/severity.yaml";

  static final String GOOD_SOURCE =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: acts
      role: events
      delivery: {authority: Office, territory: "440400", layout: assumed}
      firm: {scheme: uscc, code: code}
      events:
        - {type: penalty, date: decided_on}
      schema:
        - name: acts
          properties:
            - {name: act_no, physicalName: No, logicalType: string, primaryKey: true}
            - {name: code, physicalName: Code, logicalType: string, check: uscc}
            - {name: kind, physicalName: Kind, aliases: [Sort], logicalType: string, codes: kind}
            - {name: decided_on, physicalName: Day, logicalType: date}
      """;

  static final String GOOD_RULES =
      """
      id: severity
      version: 1.0.0
      table: events
      rules:
        - id: SEV-01
          title: {zh: 重, en: heavy}
          when: "amount > 1"
          effect: {severity: heavy}
          basis: "Order 1"
          effective_from: 2021-01-01
          effective_until: 2022-01-01
          review: pending
      """;

  /** One that loads. */
  static Jurisdiction good(Path folder) {
    return new Jurisdiction(folder)
        .with(SOURCE, GOOD_SOURCE)
        .with(RULES, GOOD_RULES)
        .with("codes/kind.csv", "source,code,canonical,label_zh,label_en\n,1,fine,罚款,fine\n")
        .with("codes/holidays.csv", "date,kind,name\n2026-10-01,holiday,国庆节\n");
  }

  Jurisdiction with(String file, String text) {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  Jurisdiction with(String file, byte[] bytes) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Schemas load() {
    return Schemas.load(folder);
  }
}
