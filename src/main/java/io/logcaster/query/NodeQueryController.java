package io.logcaster.query;

import io.logcaster.nodes.Nodes;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.FrameCodec;
import io.logcaster.query.peer.AnswerWriter;
import io.logcaster.query.peer.NodePeers;
import io.logcaster.query.peer.PartialQuery;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers other LogCasters, from the records of this one alone: it never asks further nodes, so
 * that nodes that ask each other do not go round in circles.
 */
@RestController
class NodeQueryController {

  private static final Logger LOG = LoggerFactory.getLogger(NodeQueryController.class);

  private final HttpQueries queries;

  private final Nodes nodes;

  private final ObjectProvider<BuildProperties> build;

  NodeQueryController(HttpQueries queries, Nodes nodes, ObjectProvider<BuildProperties> build) {
    this.queries = queries;
    this.nodes = nodes;
    this.build = build;
  }

  @Operation(
      summary = "Runs a part of a query for another LogCaster",
      description = "For LogCasters of the same version; streams rows or a partial state")
  @PostMapping(NodePeers.PATH)
  void query(
      @RequestBody PartialQuery part,
      @RequestHeader(name = Nodes.CALLER, defaultValue = "") String caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (caller.equals(nodes.id())) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "node_is_caller", "This is the node that asks.");
    }
    if (part.version() != PartialQuery.VERSION) {
      throw new ProblemException(HttpStatus.CONFLICT, "node_version", product());
    }
    Peers.Question question = part.question();
    response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    AnswerWriter writer = new AnswerWriter(response.getOutputStream());
    queries.part(
        request,
        writer::beat,
        (timeout, cancelled, pass) -> {
          writer.hello(nodes.id(), product());
          try {
            ScanCounts counts =
                queries
                    .engine()
                    .part(
                        question,
                        timeout,
                        (frame, rows, worker) ->
                            FrameCodec.write(
                                frame,
                                rows,
                                question.columns(),
                                (piece) -> {
                                  writer.rows(piece);
                                  return true;
                                }),
                        question.state() ? writer::state : null,
                        cancelled,
                        pass);
            writer.end(Peers.Part.Ended.of(counts));
          } catch (QueryAbortedException ex) {
            writer.error(ex.code(), String.valueOf(ex.getMessage()));
          } catch (IOException | RuntimeException ex) {
            if (!writer.isBroken()) {
              LOG.warn("A part of a query of another node failed", ex);
              writer.error("internal_error", String.valueOf(ex.getMessage()));
            }
          }
          return true;
        });
  }

  private String product() {
    return "LogCaster " + build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
  }
}
