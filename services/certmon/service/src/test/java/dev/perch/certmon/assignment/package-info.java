@NullMarked
package dev.perch.certmon.assignment;

import org.jspecify.annotations.NullMarked;
