// The page that lets one try the operations of an OpenAPI document.
export { default } from "swagger-ui";
