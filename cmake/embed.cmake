# mmx_embed(TARGET FOLDER NAMESPACE PATTERN...): a library of the files below FOLDER: an assembler file that
# includes their bytes and a C++ table NAMESPACE::kEmbeddedFiles sorted by path (see src/base/embedded_files.h).
include(${CMAKE_CURRENT_LIST_DIR}/embed_table.cmake)
function(mmx_embed target folder namespace)
  list(TRANSFORM ARGN PREPEND ${folder}/ OUTPUT_VARIABLE patterns)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${patterns})
  set(made ${PROJECT_BINARY_DIR}/embedded/${target})
  mmx_write_embedded(${made} ${target} ${folder} ${namespace} ${files})
  list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  set_source_files_properties(${made}.S PROPERTIES OBJECT_DEPENDS "${paths}")
  add_library(${target} STATIC ${made}.S ${made}.cc)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
endfunction()

mmx_embed(mmx_embedded ${PROJECT_SOURCE_DIR}/data mmx::base *.toml *.tsv *.txt *.json)
