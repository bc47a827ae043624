@NullMarked
package dev.perch.agent;

import org.jspecify.annotations.NullMarked;
