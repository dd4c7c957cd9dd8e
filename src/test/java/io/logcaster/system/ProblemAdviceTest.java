package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemAdviceTest {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
          .build();

  private final MockMvcTester mvc =
      MockMvcTester.create(
          MockMvcBuilders.standaloneSetup(new Samples())
              .setControllerAdvice(new ProblemAdvice())
              .setMessageConverters(new JacksonJsonHttpMessageConverter(JSON))
              .build());

  @Test
  void problemException_keepsCodeExtrasAndHeaders() {
    var result = mvc.get().uri("/busy").exchange();

    assertThat(result).hasStatus(429).headers().hasValue("Retry-After", "1");
    JsonNode problem = problem(result);
    assertThat(problem.get("code").asString()).isEqualTo("busy");
    assertThat(problem.get("type").asString()).isEqualTo("about:blank");
    assertThat(problem.get("title").asString()).isEqualTo("Too Many Requests");
    assertThat(problem.get("detail").asString()).isEqualTo("try later");
    assertThat(problem.get("queued").asInt()).isEqualTo(7);
  }

  @Test
  void problem_isAnsweredWhateverTheClientAccepts() {
    var result = mvc.get().uri("/busy").accept("text/event-stream").exchange();

    assertThat(result).hasStatus(429);
    assertThat(problem(result).get("code").asString()).isEqualTo("busy");
  }

  @Test
  void unexpectedException_isAServerError_withoutInternalDetails() {
    var result = mvc.get().uri("/broken").exchange();

    assertThat(result).hasStatus(500);
    JsonNode problem = problem(result);
    assertThat(problem.get("code").asString()).isEqualTo("internal_error");
    assertThat(problem.toString()).doesNotContain("the secret reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "statement", "transaction"})
  void unavailableControlDatabase_isAnsweredWith503(String where) {
    var result = mvc.get().uri("/away/" + where).exchange();

    assertThat(result).hasStatus(503).headers().hasValue("Retry-After", "10");
    assertThat(problem(result).get("code").asString()).isEqualTo("control_database_unavailable");
  }

  @Test
  void parameter_missingOrOfTheWrongType_isNamed() {
    JsonNode missing = problem(mvc.get().uri("/number").exchange());
    assertThat(missing.get("code").asString()).isEqualTo("missing_parameter");
    assertThat(missing.get("parameter").asString()).isEqualTo("limit");

    JsonNode wrong = problem(mvc.get().uri("/number?limit=ten").exchange());
    assertThat(wrong.get("code").asString()).isEqualTo("invalid_parameter");
    assertThat(wrong.get("detail").asString()).contains("'limit'", "'ten'", "int");
  }

  @Test
  void method_mediaType_andPath_haveCodes() {
    assertThat(problem(mvc.delete().uri("/number").exchange()).get("code").asString())
        .isEqualTo("method_not_allowed");
    assertThat(
            problem(mvc.post().uri("/rule").contentType("text/xml").content("<a/>").exchange())
                .get("code")
                .asString())
        .isEqualTo("unsupported_media_type");
  }

  @Test
  void unknownProperty_isNamedWithTheKnownOnes() {
    JsonNode problem = post("{\"name\":\"a\",\"threshold\":3,\"thresold\":3}");

    assertThat(problem.get("code").asString()).isEqualTo("unknown_property");
    assertThat(problem.get("property").asString()).isEqualTo("thresold");
    assertThat(problem.get("detail").asString()).contains("known: kind, name, parts, threshold");
  }

  @Test
  void missingNumber_isNamed() {
    JsonNode problem = post("{\"name\":\"a\"}");

    assertThat(problem.get("code").asString()).isEqualTo("missing_property");
    assertThat(problem.get("property").asString()).isEqualTo("threshold");
  }

  @Test
  void wrongValue_isNamedByItsPath() {
    JsonNode number = post("{\"name\":\"a\",\"threshold\":\"many\"}");
    assertThat(number.get("code").asString()).isEqualTo("invalid_property");
    assertThat(number.get("detail").asString()).contains("'threshold'", "'many'", "a number");

    JsonNode choice = post("{\"kind\":\"C\",\"threshold\":1}");
    assertThat(choice.get("detail").asString()).contains("'kind'", "'C'", "one of [A, B]");

    JsonNode nested = post("{\"threshold\":1,\"parts\":[{\"weight\":1},{\"weight\":-1}]}");
    assertThat(nested.get("property").asString()).isEqualTo("parts[1]");
    assertThat(nested.get("detail").asString()).contains("a weight is not negative");
  }

  @Test
  void bodyThatIsNotJson_isRefusedWithThePosition() {
    JsonNode problem = post("{\"name\":\n  oops}");

    assertThat(problem.get("code").asString()).isEqualTo("invalid_json");
    assertThat(problem.get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("column").asInt()).isPositive();

    assertThat(post("").get("code").asString()).isEqualTo("invalid_body");
  }

  private JsonNode post(String body) {
    var result =
        mvc.post().uri("/rule").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    assertThat(result).hasStatus(400);
    return problem(result);
  }

  private static JsonNode problem(MvcTestResult result) {
    assertThat(result).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    try {
      return JSON.readTree(result.getResponse().getContentAsString());
    } catch (UnsupportedEncodingException ex) {
      throw new AssertionError(ex);
    }
  }

  record Rule(String name, int threshold, Kind kind, List<Part> parts) {}

  record Part(int weight) {
    Part {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight is not negative");
      }
    }
  }

  enum Kind {
    A,
    B
  }

  /** A nested class, which the component scan of other tests' servers ignores. */
  @RestController
  @SuppressWarnings("ClassCanBeStatic")
  class Samples {

    @GetMapping("/busy")
    String busy() {
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "busy", "try later")
          .with("queued", 7)
          .header("Retry-After", "1");
    }

    @GetMapping("/away/{where}")
    String away(@PathVariable String where) {
      throw switch (where) {
        case "pool" -> new CannotGetJdbcConnectionException("x", new SQLException("closed"));
        case "statement" -> new UncategorizedSQLException("x", null, new SQLException("closed"));
        default -> new CannotCreateTransactionException("x");
      };
    }

    @GetMapping("/broken")
    String broken() {
      throw new IllegalStateException("the secret reason");
    }

    @GetMapping("/number")
    int number(@RequestParam int limit) {
      return limit;
    }

    @PostMapping("/rule")
    Rule rule(@RequestBody Rule rule) {
      return rule;
    }
  }
}
