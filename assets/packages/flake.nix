# Nix: 'nix build "git+file:.?dir=assets/packages#barpop"' in the source's folder, or #barpop-status,
# #barpop-shutter.
{
  description = "Status lines and popups for people who live in a window manager";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      source = ../..;
      version = (builtins.fromTOML (builtins.readFile ../../Cargo.toml)).package.version;
      systems = [ "x86_64-linux" "aarch64-linux" "armv7l-linux" ];

      packages = pkgs:
        let
          # The part of assets/packages/files.sh, and the libraries that it opens at run time.
          part = name: { what, description, libraries ? [ ] }:
            pkgs.rustPlatform.buildRustPackage {
              pname = name;
              inherit version;
              src = source;
              cargoLock.lockFile = ../../Cargo.lock;
              nativeBuildInputs = [ pkgs.makeWrapper ];
              # NixOS has no static C library beside the shared one.
              buildPhase = "make STATIC= ${if what == "popups" then "programs" else "status"} docs";
              installPhase = "make install-${what} PREFIX=$out";
              doCheck = false;
              postFixup = pkgs.lib.optionalString (libraries != [ ]) ''
                wrapProgram $out/bin/barpop \
                  --prefix LD_LIBRARY_PATH : ${pkgs.lib.makeLibraryPath libraries}
              '';
              meta = {
                inherit description;
                license = with pkgs.lib.licenses; [ mit asl20 ];
                platforms = systems;
              };
            };
        in
        rec {
          barpop-status = part "barpop-status" {
            what = "status";
            description = "Text messages, network, position and gamepads on a status bar";
          };
          barpop = part "barpop" {
            what = "popups";
            description = "Popups for people who live in a window manager";
            libraries = with pkgs; [
              fontconfig
              libGL
              libxkbcommon
              wayland
              xorg.libX11
              xorg.libXcursor
              xorg.libXi
            ];
          };
          barpop-shutter = part "barpop-shutter" {
            what = "shutter";
            description = "A camera's remote timer, as a service and on a status bar";
          };
          default = pkgs.symlinkJoin {
            name = "barpop-${version}";
            paths = [ barpop-status barpop ];
          };
        };
    in
    {
      packages = nixpkgs.lib.genAttrs systems (system: packages nixpkgs.legacyPackages.${system});
    };
}
