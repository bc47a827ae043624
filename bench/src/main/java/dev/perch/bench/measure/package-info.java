/** How figures are taken and shown: load from another process, one table, one object a line. */
@NullMarked
package dev.perch.bench.measure;

import org.jspecify.annotations.NullMarked;
