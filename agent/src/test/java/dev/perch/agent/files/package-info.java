@NullMarked
package dev.perch.agent.files;

import org.jspecify.annotations.NullMarked;
