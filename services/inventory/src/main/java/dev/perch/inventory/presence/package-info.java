/**
 * Whether hosts are heard. Beats are kept in memory; only transitions are rows, and each makes one
 * event and one alarm. Facts that outlive a process are in {@code link_session}.
 */
@NullMarked
package dev.perch.inventory.presence;

import org.jspecify.annotations.NullMarked;
