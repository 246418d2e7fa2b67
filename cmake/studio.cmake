# The studio: Vite makes it of web/studio, and the program carries what Vite made. Node is needed to build it and
# never to run it. The names of the files hold hashes of their contents, so the table is written after each build.
set(studio ${PROJECT_SOURCE_DIR}/web/studio)
find_program(MMX_NODE node REQUIRED)
find_program(MMX_NPM npm REQUIRED)

# All build folders share one node_modules.
set(installed ${studio}/node_modules/.package-lock.json)
add_custom_command(
  OUTPUT ${installed}
  DEPENDS ${studio}/package.json ${studio}/package-lock.json
  COMMAND ${CMAKE_COMMAND} -D STUDIO=${studio} -D NPM=${MMX_NPM} -P ${CMAKE_CURRENT_LIST_DIR}/studio_install.cmake
  COMMENT "studio: what it is built with" VERBATIM)

file(GLOB_RECURSE studio_sources CONFIGURE_DEPENDS ${studio}/src/*.ts ${studio}/src/*.svelte ${studio}/src/*.css ${studio}/public/*)
list(FILTER studio_sources EXCLUDE REGEX "\\.test\\.ts$")
set(made ${PROJECT_BINARY_DIR}/embedded/mmx_pages)
add_custom_command(
  OUTPUT ${made}.S ${made}.cc
  DEPENDS ${installed} ${studio_sources} ${studio}/index.html ${studio}/vite.config.ts ${studio}/svelte.config.js
          ${CMAKE_CURRENT_LIST_DIR}/studio_build.cmake ${CMAKE_CURRENT_LIST_DIR}/embed_table.cmake
  COMMAND ${CMAKE_COMMAND} -D STUDIO=${studio} -D NODE=${MMX_NODE} -D DIST=${PROJECT_BINARY_DIR}/studio -D MADE=${made}
          -P ${CMAKE_CURRENT_LIST_DIR}/studio_build.cmake
  COMMENT "studio: pages" VERBATIM)
add_library(mmx_pages STATIC ${made}.S ${made}.cc)
target_include_directories(mmx_pages PRIVATE ${PROJECT_SOURCE_DIR}/src)
