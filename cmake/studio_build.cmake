# Runs Vite and writes the table of what it made.
include(${CMAKE_CURRENT_LIST_DIR}/embed_table.cmake)
execute_process(COMMAND ${NODE} ${STUDIO}/node_modules/vite/bin/vite.js build --outDir ${DIST} --emptyOutDir --logLevel warn
  WORKING_DIRECTORY ${STUDIO} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "The studio could not be built; the lines above say why.")
endif()
file(GLOB_RECURSE files RELATIVE ${DIST} ${DIST}/*)
mmx_write_embedded(${MADE} mmx_pages ${DIST} mmx::api ${files})
# Contents may have changed under the same name (index.html), and the assembler reads them again.
file(TOUCH ${MADE}.S ${MADE}.cc)
