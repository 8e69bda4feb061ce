package credit.jobs.firm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The register's rows as the identity part of firm files; what a register lacks is null. */
final class RegisterRows {
  private static final String ACTIVE = "active";

  private RegisterRows() {}

  /** Scheme of the register's codes. */
  static String scheme(SourceContract source) {
    return source.firm() == null ? "none" : source.firm().scheme();
  }

  /**
   * Identity of every firm, as it was on a day: one that closed later was active, and bore the name
   * of then.
   *
   * @param register current rows with {@code first_known_at}
   */
  static Dataset<Row> of(SourceContract source, Dataset<Row> register, LocalDate asOf) {
    Column entity = coalesce(text(register, "entity_type"), lit("enterprise"));
    Dataset<Row> firms =
        register.select(
            lit(scheme(source)).as("id_scheme"),
            col("code"),
            col("name"),
            entity.as("entity_type"),
            text(register, "district").as("district"),
            text(register, "area").as("area"),
            text(register, "industry").as("industry"),
            date(register, "established").as("established"),
            status(register, asOf).as("register_status"),
            date(register, "closed_on").as("closed_on"),
            // An individual business is run from home as often as not: its address is a person's.
            when(entity.notEqual("individual"), text(register, "address")).as("address"),
            text(register, "parent_code").as("parent_code"),
            text(register, "representative").as("representative_key"),
            col("first_known_at"),
            formerNames(register).as("former"),
            col("record_id").as("register_record_id"));
    return firms.withColumn("names", names()).withColumn("name", nameOn(asOf)).drop("former");
  }

  private static Column status(Dataset<Row> register, LocalDate asOf) {
    return when(date(register, "closed_on").gt(lit(asOf)), ACTIVE)
        .otherwise(coalesce(text(register, "register_status"), lit(ACTIVE)));
  }

  /** The oldest name that still held on the day; else the present one. */
  private static Column nameOn(LocalDate asOf) {
    Column held = filter(col("former"), f -> f.getField("until").gt(lit(asOf)));
    return coalesce(get(held, lit(0)).getField("name"), col("name"));
  }

  /**
   * Whether the mere day makes another identity of a firm, as {@link #of} tells it: it closes, or a
   * name of it ends.
   *
   * @param passes whether a day came between the last result and this one
   */
  static Column turns(UnaryOperator<Column> passes) {
    return passes
        .apply(col("closed_on"))
        .or(exists(col("names"), n -> passes.apply(n.getField("valid_until"))));
  }

  private static Column formerNames(Dataset<Row> register) {
    Column former =
        has(register, "former_names")
            ? coalesce(col("former_names"), array().cast("ARRAY<STRING>"))
            : array().cast("ARRAY<STRING>");
    return sort_array(
        transform(
            former,
            f ->
                struct(
                    regexp_extract(f, "@(\\d{4}-\\d{2}-\\d{2})$", 1).try_cast("DATE").as("until"),
                    regexp_replace(f, "@\\d{4}-\\d{2}-\\d{2}$", "").as("name"))));
  }

  private static Column names() {
    Column past =
        transform(
            col("former"),
            (f, i) ->
                struct(
                    f.getField("name").as("name"),
                    when(i.equalTo(0), col("established"))
                        .otherwise(element_at(col("former"), i).getField("until"))
                        .as("valid_from"),
                    f.getField("until").as("valid_until")));
    Column present =
        array(
            struct(
                col("name"),
                when(size(col("former")).equalTo(0), col("established"))
                    .otherwise(element_at(col("former"), -1).getField("until"))
                    .as("valid_from"),
                lit(null).cast("DATE").as("valid_until")));
    return when(size(col("former")).equalTo(0), present).otherwise(concat(past, present));
  }

  private static Column text(Dataset<Row> rows, String name) {
    return has(rows, name) ? col(name) : lit(null).cast("STRING");
  }

  private static Column date(Dataset<Row> rows, String name) {
    return has(rows, name) ? col(name) : lit(null).cast("DATE");
  }

  private static boolean has(Dataset<Row> rows, String name) {
    return Arrays.asList(rows.columns()).contains(name);
  }
}
