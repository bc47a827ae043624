@NullMarked
package dev.perch.bench.measure;

import org.jspecify.annotations.NullMarked;
