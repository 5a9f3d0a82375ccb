# The core as core.wasm (SIMD) and as core_js.js (a scalar build through wasm2js), by Emscripten.
#
#   all               builds both below build/wasm/ and checks size, imports and exports
#   update_committed  copies what is committed into wasm/
#
# The module is small and its parts see through one another, so that each flavour is compiled and
# linked in one step. The flags decide the bytes: whoever changes one commits the result, too.

set(wasm_folder "${CMAKE_CURRENT_LIST_DIR}")
find_program(EMXX em++ REQUIRED)
find_program(NODE node REQUIRED)
find_program(WASM2JS wasm2js REQUIRED)
find_program(WASM_METADCE wasm-metadce REQUIRED)
find_program(WASM_OPT wasm-opt REQUIRED)

set(EVENTSOURCE_WASM_MAX_BYTES 5120)
set(initial_memory 196608)
set(stack 4096)

# One C name a line; memory is exported besides.
set(export_list "${wasm_folder}/exports.txt")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${export_list}")
file(STRINGS "${export_list}" exports REGEX "^[a-z]")
list(TRANSFORM exports PREPEND "_" OUTPUT_VARIABLE symbols)
list(JOIN symbols "," symbols)

# What wasm-metadce keeps. Emscripten exports a stack and a table that nobody here calls.
set(reaches "\"memory\"")
set(nodes "{\"name\": \"memory\", \"export\": \"memory\"}")
foreach(name IN LISTS exports)
  string(APPEND reaches ", \"${name}\"")
  string(APPEND nodes ",\n {\"name\": \"${name}\", \"export\": \"${name}\"}")
endforeach()
set(graph "${CMAKE_BINARY_DIR}/exports.json")
file(CONFIGURE OUTPUT "${graph}" @ONLY NEWLINE_STYLE UNIX CONTENT
     "[{\"name\": \"outside\", \"root\": true, \"reaches\": [@reaches@]},\n @nodes@]\n")

file(GLOB exports_sources CONFIGURE_DEPENDS "${wasm_folder}/*.cpp")
file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/*.h" "${wasm_folder}/*.h")
set(sources ${EVENTSOURCE_SOURCES} ${exports_sources})

set(compile_flags
    -Oz -std=c++20 -fno-exceptions -fno-rtti -flto "-I${CMAKE_SOURCE_DIR}/src"
    # No start function runs, so nothing may need one.
    -Wall -Wextra -Wpedantic -Werror -Wglobal-constructors)
set(link_flags
    --no-entry -sSTANDALONE_WASM "-sEXPORTED_FUNCTIONS=${symbols}" -sALLOW_MEMORY_GROWTH=1
    "-sINITIAL_MEMORY=${initial_memory}" "-sTOTAL_STACK=${stack}")
set(strip_flags --strip-debug --strip-producers --strip-target-features)
set(scalar_features --mvp-features --enable-bulk-memory)
set(simd_features --mvp-features --enable-simd --enable-bulk-memory)

# By what comes out compressed, as a module and as minified JavaScript: -Oz gives more of either.
set(passes --always-inline-max-function-size 5 --flexible-inline-max-function-size 5 --flatten --rereloop -O4 -O4 --converge)

# Goes to OUTPUT: compiled with FLAGS, reduced to the exports, optimised for FEATURES.
function(add_module output)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FLAGS;FEATURES")
  add_custom_command(
    OUTPUT ${output}
    COMMAND "${EMXX}" ${compile_flags} ${arg_FLAGS} ${sources} ${link_flags} -o linked_${output}
    COMMAND "${WASM_METADCE}" ${arg_FEATURES} -f "${graph}" linked_${output} -o used_${output}
    COMMAND "${WASM_OPT}" ${passes} ${arg_FEATURES} ${strip_flags} used_${output} -o ${output}
    DEPENDS ${sources} ${headers} "${graph}"
    COMMENT "Building ${output}"
    VERBATIM)
endfunction()

add_module(core.wasm FLAGS -msimd128 -mbulk-memory FEATURES ${simd_features})
add_module(core_scalar.wasm FLAGS -DEVENTSOURCE_SCALAR -mbulk-memory -fno-builtin FEATURES ${scalar_features})

add_custom_command(
  OUTPUT core_scalar.js
  COMMAND "${WASM2JS}" -Oz ${scalar_features} core_scalar.wasm -o core_scalar.js
  DEPENDS core_scalar.wasm
  COMMENT "Translating core_scalar.wasm to JavaScript"
  VERBATIM)

set(embed "${wasm_folder}/embed.js")
set(check "${wasm_folder}/check.js")
add_custom_command(
  OUTPUT core_bytes.js core_js.js
  COMMAND "${NODE}" "${check}" core.wasm "${export_list}" ${EVENTSOURCE_WASM_MAX_BYTES}
  COMMAND "${NODE}" "${embed}" core.wasm core_scalar.js "${CMAKE_BINARY_DIR}"
  DEPENDS core.wasm core_scalar.js "${check}" "${embed}" "${export_list}"
  COMMENT "Checking and embedding core.wasm"
  VERBATIM)

set(committed core.wasm core_bytes.js core_js.js)
add_custom_target(wasm ALL DEPENDS ${committed})
add_custom_target(
  update_committed
  COMMAND "${CMAKE_COMMAND}" -E copy ${committed} "${wasm_folder}"
  DEPENDS ${committed}
  COMMENT "Copying the built core into wasm/"
  VERBATIM)
