package credit.jobs.cli.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.LocalDate;

/**
 * A firm's file for programs: its row of {@code firm_file}, what is said of its tier and what
 * follows from it, its lists, the prior notices of listings and the changes that met no act, and of
 * which day, knowledge and rules each is.
 */
public final class FirmJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule().addSerializer(LocalDate.class, ToStringSerializer.instance));

  private FirmJson() {}

  /**
   * The file of internal use, as one object.
   *
   * @param firm the row of {@code firm_file} as JSON
   */
  public static String render(String firm, FirmView view) {
    try {
      ObjectNode file = (ObjectNode) JSON.readTree(firm);
      file.put("known_at", view.knownAt().toString());
      file.put("pending_rules", view.pendingRules());
      file.set("standings", JSON.valueToTree(view.standings()));
      file.put("tier_made", view.standings().tierMade().key());
      file.put("lists_made", view.standings().listsMade().key());
      file.set("tier", JSON.valueToTree(view.tier()));
      file.set("tier_history", JSON.valueToTree(view.history()));
      file.set("tier_outlook", JSON.valueToTree(view.outlook()));
      file.set("measures", JSON.valueToTree(view.consequences().measures()));
      file.set("incentives", JSON.valueToTree(view.consequences().incentives()));
      file.set("relations", JSON.valueToTree(view.relations()));
      file.set("lists", JSON.valueToTree(view.lists()));
      file.set("unmet_changes", JSON.valueToTree(view.unmet()));
      file.set("notices", JSON.valueToTree(view.notices()));
      return JSON.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
