@NullMarked
package dev.perch.kit.web.problem;

import org.jspecify.annotations.NullMarked;
