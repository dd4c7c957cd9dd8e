/**
 * The storage in OpenSearch or Elasticsearch, for teams that run such a cluster already. A document
 * is a record; {@link io.logcaster.storage.opensearch.RecordIndex} specifies it.
 *
 * <ul>
 *   <li>Writing: {@code BulkWriter} sends documents, {@code BulkRequest} is one group of batches,
 *       {@code MarkIndex} keeps the delivery marks and the numbers of records.
 *   <li>Reading: {@code CriterionQuery} translates what a filter asks, {@code RecordPages} reads
 *       matching documents page by page, {@code CountedRange} answers counts from aggregations.
 *   <li>{@code SearchCluster} talks HTTP.
 * </ul>
 */
@NullMarked
package io.logcaster.storage.opensearch;

import org.jspecify.annotations.NullMarked;
