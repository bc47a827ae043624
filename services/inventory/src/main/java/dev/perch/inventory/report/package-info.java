/**
 * What hosts report, the newest of each, whole: the facets of a host, and what became of the
 * documents on it.
 */
@NullMarked
package dev.perch.inventory.report;

import org.jspecify.annotations.NullMarked;
