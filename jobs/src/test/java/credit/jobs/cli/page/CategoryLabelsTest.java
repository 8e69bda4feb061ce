package credit.jobs.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.cli.page.FirmView.Category;
import credit.schemas.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryLabelsTest {
  private final CategoryLabels labels = new CategoryLabels(Schemas.bundled());

  @Test
  void aCodeOfTheRegisterIsNamedByItsList() {
    assertThat(labels.ofRegister("district", "440402"))
        .isEqualTo(new Category("440402", "香洲区", "Xiangzhou"));
    assertThat(labels.ofRegister("industry", "F52"))
        .isEqualTo(new Category("F52", "零售业", "Retail"));
  }

  @Test
  void aCategoryIsNamedByTheListOfTheColumnThatItComesFrom() {
    assertThat(labels.of("penalty", List.of("penalties"), "fine").zh()).isEqualTo("罚款");
  }

  @Test
  void aCodeThatNoListHasStandsForItself() {
    Category unknown = labels.ofRegister("industry", "5211");
    assertThat(unknown).isEqualTo(new Category("5211", "5211", "5211"));
    assertThat(unknown.full("zh")).isEqualTo("5211");
  }

  @Test
  void aRowWithoutACodeHasNoLabel() {
    assertThat(labels.ofRegister("district", null)).isNull();
  }
}
