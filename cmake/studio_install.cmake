# Installs exactly what package-lock.json names. Two builds at once: the second waits and finds it done. The lock is a file of its own, since taking it
# empties the file.
file(LOCK ${STUDIO}/.installing GUARD PROCESS TIMEOUT 600)
set(installed ${STUDIO}/node_modules/.package-lock.json)
if(EXISTS ${installed} AND NOT ${STUDIO}/package-lock.json IS_NEWER_THAN ${installed} AND NOT ${STUDIO}/package.json IS_NEWER_THAN ${installed})
  return()
endif()
execute_process(COMMAND ${NPM} ci --no-audit --no-fund --ignore-scripts WORKING_DIRECTORY ${STUDIO}
  RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "The studio's packages could not be installed from the npm registry:\n${said}")
endif()
file(TOUCH ${installed})
