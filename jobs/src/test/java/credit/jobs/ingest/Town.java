package credit.jobs.ingest;

import credit.schemas.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A made-up jurisdiction with one source of acts and one of notes. */
final class Town {
  private static final String ACTS =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: acts
      role: events
      delivery:
        {authority: Office, territory: "440400", layout: assumed, max_quarantine_share: 0.5, natural_person_when: "name = '张三'"}
      table: {readers: [link]}
      record: {ended_when: "ended_on IS NOT NULL"}
      schema:
        - name: acts
          properties:
            - {name: act_no, physicalName: 文号, aliases: [编号], logicalType: string, primaryKey: true}
            - {name: name, physicalName: 名称, logicalType: string, required: true}
            - {name: amount, physicalName: 金额, logicalType: number}
            - {name: ended_on, physicalName: 撤销, logicalType: date}
            - {name: code, physicalName: 代码, logicalType: string, check: uscc, check_mode: keep}
            - {name: person, physicalName: 经办, logicalType: string, personal: drop}
          quality:
            - {name: amount_is_not_negative, type: custom, engine: spark-sql, implementation: "amount >= 0"}
      """;

  private static final String NOTES =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: notes
      role: reference
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link]}
      schema:
        - name: notes
          properties:
            - {name: note_no, physicalName: 号, logicalType: string, primaryKey: true}
            - {name: day, physicalName: 日, logicalType: date}
      """;

  private static final String CASES =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: cases
      role: reference
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link]}
      schema:
        - name: cases
          properties:
            - {name: case_no, physicalName: 号, logicalType: string, primaryKey: true}
            - {name: kinds, physicalName: 种类, logicalType: array, separator: "[;；,，、|]"}
      """;

  private Town() {}

  /** The same with a source whose cases are of several kinds. */
  static Schemas withKinds(Path folder) {
    try {
      Files.createDirectories(folder.resolve("sources"));
      Files.writeString(folder.resolve("sources/cases.yaml"), CASES);
      return in(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Schemas in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("sources"));
      Files.writeString(folder.resolve("sources/acts.yaml"), ACTS);
      Files.writeString(folder.resolve("sources/notes.yaml"), NOTES);
      return Schemas.load(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
